"""What the hosts of cloud providers besides AWS say, and which credentials are replaced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from naftiko_gen import pipeline
from naftiko_gen.cloud_hosts import CloudHost, read_host
from naftiko_gen.diagnostics import Report

TENCENT, VOLCENGINE, AZURE = "tencent-tc3", "volcengine-v4", "azure-sharedkey"
ALIBABA, HUAWEI = "alibaba-acs3", "huawei-sdk-hmac-sha256"


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://cvm.tencentcloudapi.com", (TENCENT, "cvm")),
        (
            "https://cvm.ap-guangzhou.tencentcloudapi.com/",
            (TENCENT, "cvm", "ap-guangzhou"),
        ),
        ("https://cvm.intl.tencentcloudapi.com", (TENCENT, "cvm")),
        ("https://cvm.{region}.tencentcloudapi.com", (TENCENT, "cvm", "", "", 0)),
        ("https://open.volcengineapi.com", (VOLCENGINE,)),
        ("https://iam.volcengineapi.com", (VOLCENGINE, "iam", "cn-north-1")),
        ("https://visual.volcengineapi.com", (VOLCENGINE, "cv", "cn-north-1")),
        (
            "https://vod.ap-southeast-1.volcengineapi.com",
            (VOLCENGINE, "vod", "ap-southeast-1"),
        ),
        ("https://ecs.cn-hangzhou.aliyuncs.com", (ALIBABA, "ecs.cn-hangzhou")),
        (
            "https://ecs.cn-north-4.myhuaweicloud.com/v3",
            (HUAWEI, "ecs", "cn-north-4"),
        ),
        ("https://ships.blob.core.windows.net", (AZURE, "blob", "", "ships")),
        (
            "https://ships-secondary.table.core.windows.net",
            (AZURE, "table", "", "ships"),
        ),
        ("https://{{env.ACCOUNT}}.queue.core.windows.net", (AZURE, "queue", "", "", 0)),
        ("https://ships.z12.file.storage.azure.net", (AZURE, "file", "", "ships")),
    ],
)
def test_hosts_name_scheme_and_service(address: str, found: tuple[Any, ...]) -> None:
    assert read_host(address) == CloudHost(*found)


@pytest.mark.parametrize(
    "address",
    [
        "https://tencentcloudapi.com.example",
        "https://example.com/cvm.tencentcloudapi.com",
        "https://ships.web.core.windows.net",
        "https://ark.cn-beijing.volces.com",
    ],
)
def test_other_hosts_are_none_of_theirs(address: str) -> None:
    assert read_host(address) is None


SPEC = """
naftiko: 1.0.0-alpha2
info: {{label: Clouds, description: Calls of a service.}}
binds: [{{namespace: env, keys: {{TOKEN: TOKEN, PLACE: PLACE}}}}]
capability:
  consumes:
    - type: http
      namespace: service
      baseUri: '{address}'
      {credential}
      inputParameters: [{parameters}]
      resources:
        - {{name: all, path: /, operations: [{{name: list-all, method: GET}}]}}
  exposes:
    - type: rest
      namespace: rest
      port: 8085
      resources:
        - {{path: /, operations: [{{method: GET, name: list-all, call: service.list-all}}]}}
"""
BEARER = "authentication: {type: bearer, token: '{{env.TOKEN}}'}"
BASIC = "authentication: {type: basic, username: a, password: '{{env.TOKEN}}'}"


def key(name: str, place: str = "header", value: str = "{{env.TOKEN}}") -> str:
    kind = f"type: apikey, key: {name}, value: '{value}', placement: {place}"
    return f"authentication: {{{kind}}}"


def built(
    tmp_path: Path, address: str, credential: str, parameters: str = ""
) -> tuple[Any, list[str]]:
    spec = tmp_path / "spec.yaml"
    text = SPEC.format(address=address, credential=credential, parameters=parameters)
    spec.write_text(text, "utf-8")
    report = Report()
    package = pipeline.build(pipeline.Job(str(spec), "spec"), report, pipeline.Stages())
    upstream = package.capability.upstreams[0] if package else None
    # Not every credential uses all that the document binds.
    told = [note for note in report.diagnostics if note.code != "W215"]
    return upstream, [f"{d.code}: {d.message}" for d in told]


@pytest.mark.parametrize(
    ("address", "credential", "options", "variables"),
    [
        (
            "https://cvm.ap-guangzhou.tencentcloudapi.com",
            BEARER,
            {"service": "cvm", "region": "ap-guangzhou"},
            ["TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"],
        ),
        (
            "https://cvm.tencentcloudapi.com",
            key("Authorization"),
            {"service": "cvm"},
            ["TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"],
        ),
        (
            "https://iam.{{env.PLACE}}.volcengineapi.com",
            BEARER,
            {"service": "iam"},
            ["VOLC_ACCESSKEY", "VOLC_SECRETKEY", "PLACE"],
        ),
        (
            "https://ecs.cn-hangzhou.aliyuncs.com",
            BASIC,
            {},
            ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"],
        ),
        (
            "https://ecs.cn-north-4.myhuaweicloud.com",
            BASIC,
            {},
            ["HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK"],
        ),
        (
            "https://ships.blob.core.windows.net",
            key("Authorization"),
            {"service": "blob", "account": "ships"},
            ["AZURE_STORAGE_KEY"],
        ),
        (
            "https://{{env.PLACE}}.table.core.windows.net",
            BASIC,
            {"service": "table"},
            ["AZURE_STORAGE_KEY", "PLACE"],
        ),
    ],
)
def test_a_static_credential_that_cannot_work_is_replaced(
    address: str,
    credential: str,
    options: dict[str, str],
    variables: list[str],
    tmp_path: Path,
) -> None:
    upstream, findings = built(tmp_path, address, credential)
    assert findings[0].startswith("W201")
    assert {text[:4] for text in findings} <= {"W201", "W207"}
    assert dict(upstream.signing.options) == options
    needed = [c.variable for c in upstream.signing.credentials if c.required]
    assert needed == variables
    for name in variables:
        assert name in findings[0] or name == "PLACE"


@pytest.mark.parametrize(
    ("address", "credential"),
    [
        ("https://ships.blob.core.windows.net", BEARER),
        ("https://ships.blob.core.windows.net", key("sig", "query")),
        (
            "https://ships.blob.core.windows.net",
            key("Authorization", value="Bearer {{env.TOKEN}}"),
        ),
        ("https://ecs.cn-north-4.myhuaweicloud.com", key("X-Auth-Token")),
        ("https://obs.cn-north-4.myhuaweicloud.com", BASIC),
        ("https://dashscope.aliyuncs.com", BEARER),
        ("https://oss-cn-hangzhou.aliyuncs.com", BASIC),
        ("https://ships.oss-cn-hangzhou.aliyuncs.com", BASIC),
        ("https://ships.cn-hangzhou.log.aliyuncs.com", BASIC),
        ("https://open.volcengineapi.com", BEARER),
    ],
)
def test_what_may_take_another_credential_keeps_it(
    address: str, credential: str, tmp_path: Path
) -> None:
    upstream, findings = built(tmp_path, address, credential)
    assert findings == []
    assert upstream.signing is None


def test_a_block_without_a_credential_is_left_alone(tmp_path: Path) -> None:
    upstream, findings = built(
        tmp_path, "https://ships.blob.core.windows.net", "description: public blobs"
    )
    assert findings == []
    assert upstream.signing is None


@pytest.mark.parametrize(
    ("signing", "message"),
    [
        ("scheme: tencent-tc3", "which service of Tencent Cloud this is"),
        ("scheme: volcengine-v4", "which service of Volcano Engine this is"),
        ("scheme: azure-sharedkey", "which service of Azure Storage this is"),
        ("scheme: azure-sharedkey, service: disk", "has no service `disk`"),
    ],
)
def test_what_neither_host_nor_block_says_is_an_error(
    signing: str, message: str, tmp_path: Path
) -> None:
    upstream, findings = built(
        tmp_path, "https://clouds.example", f"signing: {{{signing}}}"
    )
    assert upstream is None
    [error] = [text for text in findings if text[0] == "E"]
    assert error.startswith("E215")
    assert message in error


def test_a_region_that_nobody_says_is_read_from_the_environment(tmp_path: Path) -> None:
    upstream, _ = built(
        tmp_path,
        "https://open.volcengineapi.com",
        "signing: {scheme: volcengine-v4, service: cr}",
    )
    assert upstream.signing.credentials[-1].variable == "SERVICE_REGION"
    upstream, _ = built(
        tmp_path,
        "https://clouds.example",
        "signing: {scheme: azure-sharedkey, service: blob}",
    )
    assert upstream.signing.credentials[-1].variable == "AZURE_STORAGE_ACCOUNT"


def test_a_call_without_its_action_is_told_of(tmp_path: Path) -> None:
    address, block = "https://cvm.tencentcloudapi.com", "signing: {scheme: tencent-tc3}"
    _, findings = built(tmp_path, address, block)
    told = [text for text in findings if text.startswith("W207")]
    assert len(told) == 2
    assert "`X-TC-Action`" in told[0]
    assert "`X-TC-Version`" in told[1]
    sent = "{name: x-tc-action, in: header, value: A}"
    block = "signing: {scheme: tencent-tc3, version: 2017-03-12}"
    _, findings = built(tmp_path, address, block, sent)
    assert not [text for text in findings if text.startswith("W207")]
