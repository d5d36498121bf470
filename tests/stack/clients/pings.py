"""Pings with healthchecks-io, a client of Healthchecks from PyPI: begun, done, failed, an exit code."""

import os

from healthchecks_io import Client

client = Client(ping_key=os.environ["NHIP_API_KEY"], ping_url=f"{os.environ['NHIP_GATEWAY_URL']}ping/")
for taken, said in (
    client.start_ping(slug="backup"),
    client.success_ping(slug="backup", data="12 GiB sao lưu xong"),
    client.fail_ping(slug="backup", data="hết chỗ"),
    client.exit_code_ping(3, slug="backup"),
):
    assert taken, said
