"""What the host of an AWS service says: the service that is signed, and the region.

Source: the endpoints and signing names in botocore's data.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_HOST = re.compile(
    r"https?://(?P<labels>[^/:]+)\.(?:(?:amazonaws\.com|api\.amazonwebservices\.com)(?P<china>\.cn)?"
    r"|amazonaws\.eu|api\.aws|api\.amazonwebservices\.eu)(?::\d+)?(?:/.*)?",
    re.I,
)
_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|\$?\{[^{}]*\}")
_REGION = re.compile(r"(?:[a-z]{2}|eusc)(-[a-z]+)+-\d")
_S3_REGION = re.compile(r"s3-(?P<region>[a-z]{2}(-[a-z]+)+-\d)")
#: Signing names that are not the last label of the host before the region.
_NAMES = {
    "account-access-runtime": "account-access",
    "agent-registry-control": "agent-registry",
    "agreement-marketplace": "aws-marketplace",
    "aos": "es",
    "api.tunneling.iot": "IoTSecuredTunneling",
    "appconfigdata": "appconfig",
    "appstream2": "appstream",
    "bedrock-agent": "bedrock",
    "bedrock-agent-runtime": "bedrock",
    "bedrock-agentcore-control": "bedrock-agentcore",
    "bedrock-data-automation": "bedrock",
    "bedrock-data-automation-runtime": "bedrock",
    "bedrock-runtime": "bedrock",
    "cassandra-streams": "cassandra",
    "cloudhsmv2": "cloudhsm",
    "cloudsearchdomain": "cloudsearch",
    "cloudwatch-omni": "cloudwatch",
    "contact-lens": "connect",
    "data-signer": "signer",
    "data.jobs.iot": "iot-jobs-data",
    "deployment-marketplace": "aws-marketplace",
    "discovery-marketplace": "aws-marketplace",
    "email": "ses",
    "entitlement-marketplace": "aws-marketplace",
    "eventsv2": "events",
    "forecastquery": "forecast",
    "greengrass-ats.iot": "greengrass",
    "iam-toolbox": "iam",
    "identity-chime": "chime",
    "iot-tunneling": "IoTSecuredTunneling",
    "iotsecuredtunneling": "IoTSecuredTunneling",
    "ivsrealtime": "ivs",
    "mail-manager": "ses",
    "marketplace": "aws-marketplace",
    "media-pipelines-chime": "chime",
    "meetings-chime": "chime",
    "memory-db": "memorydb",
    "messaging-chime": "chime",
    "metering-marketplace": "aws-marketplace",
    "migrationhub-config": "mgh",
    "models-v2-lex": "lex",
    "mturk-requester-sandbox": "mturk-requester",
    "oidc": "sso-oauth",
    "participant.connect": "execute-api",
    "partnercentral-prm": "partnercentral",
    "personalize-events": "personalize",
    "personalize-runtime": "personalize",
    "pinpoint": "mobiletargeting",
    "portal.sso": "awsssoportal",
    "queue": "sqs",
    "reporting-marketplace": "aws-marketplace",
    "runtime-v2-lex": "lex",
    "s3-control": "s3",
    "servicecatalog-appregistry": "servicecatalog",
    "sms-voice.pinpoint": "sms-voice",
    "voice-chime": "chime",
}
#: Hosts that name their region in another way, or not at all.
_ALIASES = {"s3-external-1": ("s3", "us-east-1")}
_REGIONS = {"us-gov": "us-gov-west-1"}
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
    "sdb",
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
    labels = matched["labels"].split(".")
    places = [i for i, text in enumerate(labels) if text == "{}"]
    regions = [
        i
        for i, text in enumerate(labels)
        if _REGION.fullmatch(text) or text in _REGIONS
    ]
    region, placeholder, at = "", None, len(labels)
    if regions:
        at = regions[-1]
        region = _REGIONS.get(labels[at], labels[at])
    elif places and places[-1] > 0:
        at = places[-1]
        placeholder = len(places) - 1
    # `search-x.us-east-1.es`: some have the service behind the region.
    rest = [text for text in labels[at + 1 :] if text != "vpce"] or labels[:at]
    service, stated = _service([text.removesuffix("-fips") for text in rest])
    region = stated or region
    if not region and placeholder is None and service in _GLOBAL:
        region = "cn-northwest-1" if matched["china"] else "us-east-1"
    return AwsHost(service, region, placeholder)


def _service(labels: list[str]) -> tuple[str, str]:
    """The signing name for the labels of a host without its region, or with the region in one."""
    known = [text for text in labels if text not in ("dualstack", "global")] or [""]
    for start in range(len(known)):
        name = _NAMES.get(".".join(known[start:]))
        if name:
            return name, ""
    name = known[-1]
    if legacy := _S3_REGION.fullmatch(name):
        return "s3", legacy["region"]
    if name == "iot" and len(known) > 1:
        # Each account has a host of its own for messages.
        return "iotdata", ""
    return _ALIASES.get(name, ("" if name == "{}" else name, ""))


def takes_only_signatures(host: AwsHost) -> bool:
    """Whether no other credential can work there.

    The portal of single sign-on takes bearer tokens, some actions of user pools need no
    signature, and the authorizer of an API behind the gateway is its owner's choice.
    """
    return bool(host.service) and host.service not in (
        "awsssoportal",
        "sso",
        "sso-oauth",
        "cognito-idp",
        "execute-api",
        "codecatalyst",
    )
