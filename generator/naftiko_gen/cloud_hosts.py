"""What the hosts of cloud providers besides AWS say about how their calls are signed.

Source: the endpoints that the providers' documentation and their own clients name.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|\$?\{[^{}]*\}")
_REGION = r"(?:\.(?P<region>[a-z]{2}-[a-z0-9-]+|\{\}))?"
_SERVICE = r"(?P<service>[a-z0-9-]+)"
_HOSTS = {
    "alibaba-acs3": re.compile(r"(?P<service>[a-z0-9.{}-]+)\.aliyuncs\.com"),
    "azure-sharedkey": re.compile(
        r"(?P<account>[a-z0-9]+|\{\})(?:-secondary)?(?:\.z\d+)?"
        r"\.(?P<service>blob|dfs|file|queue|table)"
        r"\.(?:core\.windows\.net|storage\.azure\.net|core\.chinacloudapi\.cn|core\.usgovcloudapi\.net)"
    ),
    "huawei-sdk-hmac-sha256": re.compile(
        _SERVICE + _REGION + r"\.myhuaweicloud\.(?:com|cn|eu)"
    ),
    "tencent-tc3": re.compile(
        _SERVICE
        + r"(?:\.internal|\.intl)?"
        + _REGION
        + r"\.tencentcloudapi\.(?:com|cn)"
    ),
    "volcengine-v4": re.compile(
        _SERVICE + _REGION + r"\.(?:volcengineapi|byteplusapi)\.com"
    ),
}
#: Hosts of several services, which only the name of the action tells apart.
_SHARED = {"open", "riskcontrol"}
#: Signing names of Volcano Engine that are not the label of the host.
_VOLCENGINE = {"cdn": "CDN", "cloud-vms": "vms", "vedit": "edit", "visual": "cv"}
_VOLCENGINE_REGION = "cn-north-1"
#: Products with a signature of their own, or none: storage, logs, messages, tables, models.
_OTHER_ALIBABA = re.compile(
    r"(.*[.-])?(oss|log|mns|ots|tablestore|dashscope|maas|nls|fc|odps|datahub|opensearch)"
    r"(-.*)?(\..*)?"
)
#: Storage has a signature of its own.
_OTHER_HUAWEI = {"obs"}


class CloudHost(NamedTuple):
    """A provider's scheme, and what its host says.

    ``service`` and ``account`` are empty where it says nothing. ``region`` is what the
    host names, else what the provider takes for one that names none. ``placeholder`` is
    the index of the placeholder of the address that stands for region or account.
    """

    scheme: str
    service: str = ""
    region: str = ""
    account: str = ""
    placeholder: int | None = None


def read_host(base_uri: str) -> CloudHost | None:
    """What a base address says; None when no provider here has it."""
    bare = re.match(r"https?://([^/:]+)", _PLACEHOLDER.sub("{}", base_uri), re.I)
    if bare is None:
        return None
    host = bare.group(1).lower()
    for scheme, pattern in _HOSTS.items():
        if found := pattern.fullmatch(host):
            return _read(scheme, found.groupdict(""))
    return None


def takes_only_signatures(
    host: CloudHost, kind: object, key: object, value: object
) -> bool:
    """Whether a static credential cannot work there.

    Huawei Cloud takes tokens, and Azure Storage bearer tokens and signatures in the query.
    """
    name = str(key).lower()
    if host.scheme == "azure-sharedkey":
        bearer = str(value).lower().startswith(("bearer ", "sharedkey "))
        return kind == "basic" or (name == "authorization" and not bearer)
    if host.scheme == "huawei-sdk-hmac-sha256":
        return host.service not in _OTHER_HUAWEI and name != "x-auth-token"
    if host.scheme == "alibaba-acs3":
        return _OTHER_ALIBABA.fullmatch(host.service) is None
    return bool(host.service)


def _read(scheme: str, found: dict[str, str]) -> CloudHost:
    service, region = found.get("service", ""), found.get("region", "")
    account = found.get("account", "")
    placeholder = None
    if "{}" in (region, account):
        placeholder = 0
        region, account = region.replace("{}", ""), account.replace("{}", "")
    if scheme == "volcengine-v4":
        shared = service in _SHARED
        service = "" if shared else _VOLCENGINE.get(service, service)
        if not region and placeholder is None and not shared:
            region = _VOLCENGINE_REGION
    return CloudHost(scheme, service, region, account, placeholder)
