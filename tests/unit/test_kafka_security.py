"""The broker's terms, for aiokafka and for Faust."""

import ssl

import faust
import pytest

from connectors.kafka.errors import SecurityMismatch
from connectors.kafka.security import Security

SCRAM = {"mechanism": "SCRAM-SHA-512", "username": "nhip", "password": "geheim"}


def test_plaintext_needs_nothing():
    assert Security().client_options() == {"security_protocol": "PLAINTEXT", "ssl_context": None}
    assert Security().faust_credentials() is None


def test_scram_over_tls_reaches_both_clients():
    security = Security("SASL_SSL", **SCRAM)
    options = security.client_options()
    assert isinstance(options.pop("ssl_context"), ssl.SSLContext)
    assert options == {
        "security_protocol": "SASL_SSL",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": "nhip",
        "sasl_plain_password": "geheim",
    }
    credentials = security.faust_credentials()
    assert (credentials.protocol.value, credentials.mechanism.value) == ("SASL_SSL", "SCRAM-SHA-512")
    assert (credentials.username, credentials.password) == ("nhip", "geheim")
    assert isinstance(credentials.ssl_context, ssl.SSLContext)


def test_scram_without_tls():
    credentials = Security("SASL_PLAINTEXT", **SCRAM).faust_credentials()
    assert (credentials.protocol.value, credentials.ssl_context) == ("SASL_PLAINTEXT", None)


def test_tls_alone():
    credentials = Security("SSL").faust_credentials()
    assert isinstance(credentials, faust.SSLCredentials)
    assert credentials.context.verify_mode == ssl.CERT_REQUIRED


@pytest.mark.parametrize(
    ("terms", "remedy"),
    [
        ({"protocol": "TLS"}, "protocol must be one of"),
        ({"protocol": "SASL_SSL"}, "needs mechanism, username and password"),
        ({"protocol": "SASL_SSL", **SCRAM, "mechanism": "GSSAPI"}, "mechanism must be one of"),
        ({"protocol": "SSL", **SCRAM}, "need SASL"),
        ({"protocol": "PLAINTEXT", "ca_file": "ca.pem"}, "certificate files need SSL"),
        ({"protocol": "SSL", "certificate_file": "client.pem"}, "needs its key file"),
    ],
)
def test_terms_that_do_not_fit_together_name_the_remedy(terms, remedy):
    with pytest.raises(SecurityMismatch, match=remedy):
        Security(**terms)


def test_a_missing_certificate_file_is_named():
    with pytest.raises(SecurityMismatch, match="certificate files"):
        Security("SSL", ca_file="nowhere.pem").client_options()


def test_the_password_is_not_printed():
    assert "geheim" not in repr(Security("SASL_SSL", **SCRAM))
