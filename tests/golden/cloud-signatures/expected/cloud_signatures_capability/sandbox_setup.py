"""A stand-in for the upstreams of Machines of many clouds."""

from __future__ import annotations

from .sandbox import Sandbox, SandboxOptions
from .sandbox_alibaba_acs3 import AlibabaAcs3Verifier
from .sandbox_azure_sharedkey import AzureSharedkeyVerifier
from .sandbox_group import Sandboxes
from .sandbox_huawei_sdk import HuaweiSdkHmacSha256Verifier
from .sandbox_samples import read_samples
from .sandbox_tencent_tc3 import TencentTc3Verifier
from .sandbox_volcengine_v4 import VolcengineV4Verifier


def create_sandbox(options: SandboxOptions) -> Sandboxes:
    """Sandboxes that check every request as the provider of each upstream would."""
    machines_verifier_ = TencentTc3Verifier(
        access_key_id_variable="TENCENTCLOUD_SECRET_ID",
        secret_access_key_variable="TENCENTCLOUD_SECRET_KEY",
        session_token_variable="TENCENTCLOUD_SESSION_TOKEN",
        service="cvm",
    )
    blobs_verifier_ = AzureSharedkeyVerifier(
        account_key_variable="AZURE_STORAGE_KEY",
        service="blob",
        account="ships",
    )
    users_verifier_ = VolcengineV4Verifier(
        access_key_id_variable="VOLC_ACCESSKEY",
        secret_access_key_variable="VOLC_SECRETKEY",
        session_token_variable="VOLC_SESSION_TOKEN",
        region="cn-north-1",
        service="iam",
    )
    groups_verifier_ = AlibabaAcs3Verifier(
        access_key_id_variable="ALIBABA_CLOUD_ACCESS_KEY_ID",
        secret_access_key_variable="ALIBABA_CLOUD_ACCESS_KEY_SECRET",
        session_token_variable="ALIBABA_CLOUD_SECURITY_TOKEN",
        version="2014-05-26",
    )
    servers_verifier_ = HuaweiSdkHmacSha256Verifier(
        access_key_id_variable="HUAWEICLOUD_SDK_AK",
        secret_access_key_variable="HUAWEICLOUD_SDK_SK",
        session_token_variable="HUAWEICLOUD_SDK_SECURITY_TOKEN",
    )
    return Sandboxes(
        {
            "machines": Sandbox(
                read_samples("machines"),
                machines_verifier_,
                options,
                base_uri_variables=("MACHINES_BASE_URI",),
            ),
            "blobs": Sandbox(
                read_samples("blobs"),
                blobs_verifier_,
                options,
                base_uri_variables=("BLOBS_BASE_URI",),
            ),
            "users": Sandbox(
                read_samples("users"),
                users_verifier_,
                options,
                base_uri_variables=("USERS_BASE_URI",),
            ),
            "groups": Sandbox(
                read_samples("groups"),
                groups_verifier_,
                options,
                base_uri_variables=("GROUPS_BASE_URI",),
            ),
            "servers": Sandbox(
                read_samples("servers"),
                servers_verifier_,
                options,
                base_uri_variables=("SERVERS_BASE_URI",),
            ),
        },
        variables={"CLOUD_SIGNATURES_CAPABILITY_DOCS": "true"},
    )
