"""Apache Kafka's jars, from Maven Central, and a Java to run them."""

import re
import shutil
from pathlib import Path

from tests.parts import machine
from tests.parts.machine import PartUnavailable

VERSION = "4.1.0"
_LOG4J = "2.24.3"  # Kafka's distribution adds it to the jars; without it a broker that fails says nothing
_JAVA = 17  # the oldest that Kafka 4 runs on
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
_POM = """\
<project><modelVersion>4.0.0</modelVersion><groupId>nhip</groupId><artifactId>kafka-part</artifactId><version>1</version>
<dependencies><dependency>
<groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>{kafka}</version>
</dependency><dependency>
<groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId><version>{log4j}</version>
</dependency></dependencies></project>
"""


def require_java() -> None:
    """Have Java and Maven. Raises PartUnavailable: cannot be installed, or the Java found is too old for Kafka."""
    java = f"openjdk-{_JAVA}-jre-headless" if machine.debian_release() == 12 else "default-jre-headless"
    machine.require_programs({"java": [java], "mvn": ["maven"]})
    found = re.search(r'version "(\d+)', machine.command("java", "-version"))
    if found is None or int(found[1]) < _JAVA:
        raise PartUnavailable(f"Java {_JAVA} or newer is needed, found {found[1] if found else 'an unknown version'}")


def fetch(directory: Path) -> None:
    """Fill ``directory`` with the jars of Kafka's broker and all they need, their checksums verified."""
    machine.progress(f"fetching Apache Kafka {VERSION}")
    partial = directory.with_name("jars-partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir()
    (partial / "pom.xml").write_text(_POM.format(kafka=VERSION, log4j=_LOG4J))
    machine.command("mvn", "-q", "-B", "-C", _COPY, "-DoutputDirectory=.", cwd=partial)
    partial.rename(directory)
