"""The upstreams of Machines of many clouds, shared by all adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .nonces import RandomHex, no_nonce
from .settings import Settings
from .signed_upstream import SignedUpstream
from .signing_alibaba_acs3 import AlibabaAcs3Signer
from .signing_azure_sharedkey import AzureSharedkeySigner
from .signing_huawei_sdk_hmac_sha256 import HuaweiSdkHmacSha256Signer
from .signing_tencent_tc3 import TencentTc3Signer
from .signing_volcengine_v4 import VolcengineV4Signer
from .upstream import Upstream


@dataclass(frozen=True, slots=True)
class Context:
    """What every handler gets: the settings and one upstream for each namespace."""

    settings: Settings
    machines: SignedUpstream
    blobs: SignedUpstream
    users: SignedUpstream
    groups: SignedUpstream
    servers: SignedUpstream

    def upstreams(self) -> tuple[Upstream, ...]:
        """All upstreams."""
        return (self.machines, self.blobs, self.users, self.groups, self.servers)

    def obstacle(self) -> str | None:
        """Why calls cannot be made at the moment, or None when they can."""
        found = (upstream.obstacle() for upstream in self.upstreams())
        return next((reason for reason in found if reason is not None), None)

    async def close(self) -> None:
        """Close all connections."""
        for upstream in self.upstreams():
            await upstream.close()


def connect(settings: Settings) -> Context:
    """The upstreams with their credentials; connections open with the first call."""
    return Context(
        settings=settings,
        machines=SignedUpstream(
            settings.machines,
            TencentTc3Signer(
                settings.machines.base_uri,
                settings.tencentcloud_secret_id,
                settings.tencentcloud_secret_key,
                settings.tencentcloud_session_token,
                service="cvm",
            ),
            nonces=no_nonce,
            overlap=True,
            queue_limit=settings.machines_queue_limit,
        ),
        blobs=SignedUpstream(
            settings.blobs,
            AzureSharedkeySigner(
                settings.azure_storage_key,
                service="blob",
                account="ships",
            ),
            nonces=no_nonce,
            overlap=True,
            queue_limit=settings.blobs_queue_limit,
        ),
        users=SignedUpstream(
            settings.users,
            VolcengineV4Signer(
                settings.users.base_uri,
                settings.volc_accesskey,
                settings.volc_secretkey,
                settings.volc_session_token,
                region="cn-north-1",
                service="iam",
            ),
            nonces=no_nonce,
            overlap=True,
            queue_limit=settings.users_queue_limit,
        ),
        groups=SignedUpstream(
            settings.groups,
            AlibabaAcs3Signer(
                settings.groups.base_uri,
                settings.alibaba_cloud_access_key_id,
                settings.alibaba_cloud_access_key_secret,
                settings.alibaba_cloud_security_token,
                version="2014-05-26",
            ),
            nonces=RandomHex(16),
            overlap=True,
            queue_limit=settings.groups_queue_limit,
        ),
        servers=SignedUpstream(
            settings.servers,
            HuaweiSdkHmacSha256Signer(
                settings.servers.base_uri,
                settings.huaweicloud_sdk_ak,
                settings.huaweicloud_sdk_sk,
                settings.huaweicloud_sdk_security_token,
            ),
            nonces=no_nonce,
            overlap=True,
            queue_limit=settings.servers_queue_limit,
        ),
    )
