"""What hosts of AWS say, against what botocore knows of every endpoint."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import botocore  # type: ignore[import-untyped]
import pytest

from naftiko_gen.aws_hosts import AwsHost, read_host, takes_only_signatures

DATA = Path(botocore.__file__).parent / "data"
#: Those of other partitions are in networks of their own.
SUFFIXES = (".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".api.aws")
EXCEPTIONS = {
    # Which region it is depends on the bucket, so the operator says it.
    "s3.amazonaws.com",
    # It knows version 2 of the signature alone.
    "importexport.amazonaws.com",
    # Slips of the data: no dot behind the service.
    "ramus-gov-east-1.api.aws",
    "ramus-gov-west-1.api.aws",
}
#: Prefixes without a model, whose hosts belong to the services of these names.
OF_OTHERS = {
    "docdb": "rds",
    "iotsecuredtunneling": "IoTSecuredTunneling",
    "neptune": "rds",
}


class Endpoint(NamedTuple):
    """A host, and what requests to it are signed for."""

    host: str
    service: str
    region: str


@cache
def signing_names() -> dict[str, str]:
    """The signing name behind each prefix of hosts, from the models of the services."""
    found = {}
    for file in DATA.glob("*/*/service-2.json.gz"):
        metadata = json.loads(gzip.decompress(file.read_bytes()))["metadata"]
        prefix = metadata["endpointPrefix"]
        found[prefix] = metadata.get("signingName", prefix)
    return found


def endpoints() -> Iterator[Endpoint]:
    """Every endpoint of the public partitions; pseudo regions only with a host of their own."""
    data = json.loads((DATA / "endpoints.json").read_text("utf-8"))
    for partition in data["partitions"]:
        for prefix, service in partition["services"].items():
            for place, endpoint in service["endpoints"].items():
                yield from _hosts(partition, prefix, service, place, endpoint)


def _hosts(
    partition: Any, prefix: str, service: Any, place: str, endpoint: Any
) -> Iterator[Endpoint]:
    defaults = service.get("defaults", {})
    scope = {
        **defaults.get("credentialScope", {}),
        **endpoint.get("credentialScope", {}),
    }
    region = scope.get("region", place)
    name = scope.get("service", signing_names().get(prefix, prefix))
    if region not in partition["regions"]:
        return
    usual = defaults.get("hostname", partition["defaults"]["hostname"])
    templates = [v["hostname"] for v in endpoint.get("variants", ()) if "hostname" in v]
    if "hostname" in endpoint or place in partition["regions"]:
        templates.append(endpoint.get("hostname", usual))
    for template in templates:
        suffix = partition["dnsSuffix"]
        host = template.format(service=prefix, region=place, dnsSuffix=suffix)
        if host.endswith(SUFFIXES):
            yield Endpoint(host, OF_OTHERS.get(prefix, name), region)


def test_every_endpoint_is_read_as_botocore_signs_it() -> None:
    known = list(endpoints())
    assert len(known) > 9000
    wrong = {
        (endpoint, found)
        for endpoint in known
        if endpoint.host not in EXCEPTIONS
        and (found := read_host(f"https://{endpoint.host}"))
        != (endpoint.service, endpoint.region, None)
    }
    assert wrong == set()


def test_each_exception_is_one() -> None:
    hosts = {endpoint.host: endpoint for endpoint in endpoints()}
    for host in EXCEPTIONS:
        found = read_host(f"https://{host}")
        assert found != (hosts[host].service, hosts[host].region, None)


def test_every_service_is_signed_by_its_name() -> None:
    """Also those that have a model and are in no list of endpoints."""
    assert len(signing_names()) > 300
    for prefix, name in signing_names().items():
        host = f"https://{prefix}.eu-west-1.amazonaws.com"
        found = read_host(host)
        assert found == AwsHost(name, "eu-west-1", None), prefix


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://b.s3.dualstack.eu-west-1.amazonaws.com", ("s3", "eu-west-1", None)),
        ("https://s3-fips.us-east-1.amazonaws.com", ("s3", "us-east-1", None)),
        ("https://lambda.eu-west-1.api.aws", ("lambda", "eu-west-1", None)),
        (
            "https://a1b2c3-ats.iot.us-east-1.amazonaws.com",
            ("iotdata", "us-east-1", None),
        ),
        ("https://iot.us-east-1.amazonaws.com", ("iot", "us-east-1", None)),
        ("https://us-west-2.queue.amazonaws.com", ("sqs", "us-west-2", None)),
        (
            "https://vpce-1.sqs.us-east-1.vpce.amazonaws.com",
            ("sqs", "us-east-1", None),
        ),
        ("https://iam.us-gov.amazonaws.com", ("iam", "us-gov-west-1", None)),
        ("https://route53.amazonaws.com.cn", ("route53", "cn-northwest-1", None)),
        ("https://bedrock-runtime.{region}.amazonaws.com", ("bedrock", "", 0)),
        ("https://{service}.{region}.amazonaws.com", ("", "", 1)),
    ],
)
def test_spellings_that_are_no_endpoint(address: str, found: tuple[Any, ...]) -> None:
    assert read_host(address) == AwsHost(*found)


def test_what_takes_tokens_is_told_by_its_signing_name() -> None:
    for name, only in (("portal.sso", False), ("oidc", False), ("dynamodb", True)):
        host = read_host(f"https://{name}.eu-west-1.amazonaws.com")
        assert host is not None
        assert takes_only_signatures(host) == only
