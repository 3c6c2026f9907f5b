"""What the host of an AWS service says: the service that is signed, and the region.

Source: the endpoints and signing names in botocore's service models.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_HOST = re.compile(r"https?://([^/:]+)\.amazonaws\.com(?:\.cn)?(?::\d+)?(?:/.*)?", re.I)
_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|\$?\{[^{}]*\}")
_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
_S3_REGION = re.compile(r"s3-(?P<region>[a-z]{2}(-[a-z]+)+-\d)")
#: Signing names that are not the last label of the host before the region.
_NAMES = {
    "appconfigdata": "appconfig",
    "bedrock-agent": "bedrock",
    "bedrock-agent-runtime": "bedrock",
    "bedrock-runtime": "bedrock",
    "email": "ses",
    "iot-data": "iotdata",
    "marketplace": "aws-marketplace",
    "memory-db": "memorydb",
    "models-v2-lex": "lex",
    "mturk-requester-sandbox": "mturk-requester",
    "pinpoint": "mobiletargeting",
    "runtime-v2-lex": "lex",
    "s3-control": "s3",
}
#: Services with one endpoint for the whole world.
_GLOBAL = (
    "budgets",
    "ce",
    "cloudfront",
    "health",
    "iam",
    "importexport",
    "organizations",
    "route53",
    "savingsplans",
    "shield",
    "sts",
    "waf",
)


class AwsHost(NamedTuple):
    """``service`` is the signing name, or empty.

    ``region`` is empty when the host has none; ``placeholder`` is the index of the
    placeholder of the address that stands for it.
    """

    service: str
    region: str
    placeholder: int | None


def read_host(base_uri: str) -> AwsHost | None:
    """What a base address says; None when it is not one of AWS."""
    matched = _HOST.fullmatch(_PLACEHOLDER.sub("{}", base_uri))
    if matched is None:
        return None
    labels = matched.group(1).split(".")
    places = [i for i, text in enumerate(labels) if text == "{}"]
    regions = [i for i, text in enumerate(labels) if _REGION.fullmatch(text)]
    region, placeholder, at = "", None, len(labels)
    if regions:
        at = regions[-1]
        region = labels[at]
    elif places and places[-1] > 0:
        at = places[-1]
        placeholder = len(places) - 1
    # `search-x.us-east-1.es`: some have the service behind the region.
    rest = labels[at + 1 :]
    name = rest[-1] if rest else labels[at - 1] if at else ""
    if legacy := _S3_REGION.fullmatch(name):
        name, region = "s3", legacy["region"]
    if not region and placeholder is None and name in _GLOBAL:
        region = "us-east-1"
    if name == "{}":
        name = ""
    return AwsHost(_NAMES.get(name, name), region, placeholder)


def takes_only_signatures(host: AwsHost) -> bool:
    """Whether no other credential can work there.

    The portal of single sign-on takes bearer tokens, some actions of user pools need no
    signature, and the authorizer of an API behind the gateway is its owner's choice.
    """
    return bool(host.service) and host.service not in (
        "portal",
        "sso",
        "oidc",
        "cognito-idp",
        "execute-api",
        "codecatalyst",
    )
