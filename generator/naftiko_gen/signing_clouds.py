"""Signing schemes of cloud providers besides AWS."""

from __future__ import annotations

from collections.abc import Mapping

from .signing_module import CANONICAL, SigningModule


def _cloud(
    title: str,
    module: str,
    verifier: str,
    variables: tuple[str, str, str],
    *,
    options: tuple[str, ...],
    fills: tuple[str, ...],
    needs: tuple[tuple[str, str, str], ...] = (),
    nonces: str = "",
) -> SigningModule:
    """A provider that signs canonical requests with an access key."""
    keys = ("access_key_id", "secret_access_key", "session_token")
    roles = (*keys, "region") if "region" in options else keys
    return SigningModule(
        roles=dict.fromkeys(roles, "none"),
        module=f"signing_{module}",
        verifier_module=f"sandbox_{module}",
        verifier=f"{verifier}Verifier",
        title=title,
        variables=dict(zip(keys, variables, strict=True)),
        optional=("session_token",),
        options=tuple((name, name) for name in options),
        helpers=(*CANONICAL, "sandbox_canonical")
        + (("sandbox_credentials",) if nonces else ()),
        nonces=nonces,
        fills=("authorization", *fills),
        needs=needs,
    )


CLOUDS: Mapping[str, SigningModule] = {
    "alibaba-acs3": _cloud(
        "Alibaba Cloud",
        "alibaba_acs3",
        "AlibabaAcs3",
        (
            "ALIBABA_CLOUD_ACCESS_KEY_ID",
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
            "ALIBABA_CLOUD_SECURITY_TOKEN",
        ),
        options=("version",),
        fills=(
            "x-acs-date",
            "x-acs-signature-nonce",
            "x-acs-content-sha256",
            "x-acs-security-token",
        ),
        needs=(
            ("header", "x-acs-action", ""),
            ("header", "x-acs-version", "version"),
        ),
        nonces="random-hex",
    ),
    "azure-sharedkey": SigningModule(
        roles={"account_key": "base64", "account": "none"},
        module="signing_azure_sharedkey",
        verifier_module="sandbox_azure_sharedkey",
        verifier="AzureSharedkeyVerifier",
        title="Azure Storage",
        variables={
            "account_key": "AZURE_STORAGE_KEY",
            "account": "AZURE_STORAGE_ACCOUNT",
        },
        options=(("service", "service"),),
        helpers=(*CANONICAL, "sandbox_canonical"),
        addressed=False,
        fills=("authorization", "date", "x-ms-date"),
    ),
    "huawei-sdk-hmac-sha256": _cloud(
        "Huawei Cloud",
        "huawei_sdk",
        "HuaweiSdkHmacSha256",
        (
            "HUAWEICLOUD_SDK_AK",
            "HUAWEICLOUD_SDK_SK",
            "HUAWEICLOUD_SDK_SECURITY_TOKEN",
        ),
        options=(),
        fills=("x-sdk-date", "x-security-token"),
    ),
    "tencent-tc3": _cloud(
        "Tencent Cloud",
        "tencent_tc3",
        "TencentTc3",
        (
            "TENCENTCLOUD_SECRET_ID",
            "TENCENTCLOUD_SECRET_KEY",
            "TENCENTCLOUD_SESSION_TOKEN",
        ),
        options=("region", "service", "version"),
        fills=("x-tc-timestamp", "x-tc-token"),
        needs=(
            ("header", "X-TC-Action", ""),
            ("header", "X-TC-Version", "version"),
        ),
    ),
    "volcengine-v4": _cloud(
        "Volcano Engine",
        "volcengine_v4",
        "VolcengineV4",
        ("VOLC_ACCESSKEY", "VOLC_SECRETKEY", "VOLC_SESSION_TOKEN"),
        options=("region", "service"),
        fills=("x-date", "x-content-sha256", "x-security-token"),
        needs=(("query", "Action", ""), ("query", "Version", "")),
    ),
}
