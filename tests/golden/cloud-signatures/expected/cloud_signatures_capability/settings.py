"""The settings of Machines of many clouds, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    machines: Transport
    blobs: Transport
    users: Transport
    groups: Transport
    servers: Transport
    tencentcloud_secret_id: Secret
    tencentcloud_secret_key: Secret
    tencentcloud_session_token: Secret | None
    azure_storage_key: Secret
    volc_accesskey: Secret
    volc_secretkey: Secret
    volc_session_token: Secret | None
    alibaba_cloud_access_key_id: Secret
    alibaba_cloud_access_key_secret: Secret
    alibaba_cloud_security_token: Secret | None
    huaweicloud_sdk_ak: Secret
    huaweicloud_sdk_sk: Secret
    huaweicloud_sdk_security_token: Secret | None
    machines_queue_limit: int
    blobs_queue_limit: int
    users_queue_limit: int
    groups_queue_limit: int
    servers_queue_limit: int
    body_limit: int
    allow_unknown_fields: bool
    allowed_hosts: tuple[str, ...]
    allowed_origins: tuple[str, ...]
    drain_timeout: float
    docs: bool
    safeguards: Safeguards

    @classmethod
    def from_environment(cls, values: Mapping[str, str]) -> Settings:
        """The settings in `values`; SettingsError names every problem at once."""
        environment = Environment(values)
        settings = cls(
            machines=read_transport(
                environment,
                "MACHINES",
                "https://cvm.tencentcloudapi.com",
                "cloud-signatures-capability/0.1.0",
            ),
            blobs=read_transport(
                environment,
                "BLOBS",
                "https://ships.blob.core.windows.net",
                "cloud-signatures-capability/0.1.0",
            ),
            users=read_transport(
                environment,
                "USERS",
                "https://open.volcengineapi.com",
                "cloud-signatures-capability/0.1.0",
            ),
            groups=read_transport(
                environment,
                "GROUPS",
                environment.address(
                    "GROUPS_BASE_URI",
                    "https://ecs.{}.aliyuncs.com",
                    ("REGION",),
                ),
                "cloud-signatures-capability/0.1.0",
            ),
            servers=read_transport(
                environment,
                "SERVERS",
                "https://ecs.cn-north-4.myhuaweicloud.com/v3",
                "cloud-signatures-capability/0.1.0",
            ),
            tencentcloud_secret_id=environment.secret("TENCENTCLOUD_SECRET_ID"),
            tencentcloud_secret_key=environment.secret("TENCENTCLOUD_SECRET_KEY"),
            tencentcloud_session_token=environment.optional_secret(
                "TENCENTCLOUD_SESSION_TOKEN",
            ),
            azure_storage_key=environment.secret("AZURE_STORAGE_KEY", "base64"),
            volc_accesskey=environment.secret("VOLC_ACCESSKEY"),
            volc_secretkey=environment.secret("VOLC_SECRETKEY"),
            volc_session_token=environment.optional_secret("VOLC_SESSION_TOKEN"),
            alibaba_cloud_access_key_id=environment.secret(
                "ALIBABA_CLOUD_ACCESS_KEY_ID",
            ),
            alibaba_cloud_access_key_secret=environment.secret(
                "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
            ),
            alibaba_cloud_security_token=environment.optional_secret(
                "ALIBABA_CLOUD_SECURITY_TOKEN",
            ),
            huaweicloud_sdk_ak=environment.secret("HUAWEICLOUD_SDK_AK"),
            huaweicloud_sdk_sk=environment.secret("HUAWEICLOUD_SDK_SK"),
            huaweicloud_sdk_security_token=environment.optional_secret(
                "HUAWEICLOUD_SDK_SECURITY_TOKEN",
            ),
            machines_queue_limit=environment.integer(
                "MACHINES_QUEUE_LIMIT",
                256,
                minimum=0,
            ),
            blobs_queue_limit=environment.integer("BLOBS_QUEUE_LIMIT", 256, minimum=0),
            users_queue_limit=environment.integer("USERS_QUEUE_LIMIT", 256, minimum=0),
            groups_queue_limit=environment.integer(
                "GROUPS_QUEUE_LIMIT",
                256,
                minimum=0,
            ),
            servers_queue_limit=environment.integer(
                "SERVERS_QUEUE_LIMIT",
                256,
                minimum=0,
            ),
            body_limit=environment.integer(
                "CLOUD_SIGNATURES_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "CLOUD_SIGNATURES_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words(
                "CLOUD_SIGNATURES_CAPABILITY_ALLOWED_HOSTS",
                (),
            ),
            allowed_origins=environment.words(
                "CLOUD_SIGNATURES_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "CLOUD_SIGNATURES_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            docs=environment.flag("CLOUD_SIGNATURES_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "CLOUD_SIGNATURES_CAPABILITY"),
        )
        environment.finish()
        return settings
