"""The fields of OpenAPI documents: what may stand where (OpenAPI 2.0, 3.0.4 and 3.1.1).

A kind is a scalar (``text``, ``flag``, ``number``), ``any``, the name of an object, ``[kind]``
for a list or ``{kind}`` for a map. ``!`` behind the name of a field: it must be there. The two
versions of OpenAPI 3 share a table: what only one of them knows has the same meaning in it.
"""

from __future__ import annotations

from collections.abc import Mapping

#: The fields of each object, with their kinds.
Table = Mapping[str, Mapping[str, str]]


def _fields(text: str) -> dict[str, str]:
    return dict(item.split("=") for item in text.split())


#: Numbers and lists that limit a value; JSON Schema has the same names everywhere.
_LIMITS = """
    format=text enum=[any] default=any multipleOf=number maximum=number exclusiveMaximum=any
    minimum=number exclusiveMinimum=any maxLength=number minLength=number pattern=text
    maxItems=number minItems=number uniqueItems=flag
"""
SCHEMA = _fields(
    f"""{_LIMITS} title=text description=text type=any nullable=flag const=any
    maxProperties=number minProperties=number required=[text] properties={{schema}}
    patternProperties={{schema}} additionalProperties=schema propertyNames=schema items=schema
    prefixItems=[schema] contains=schema minContains=number maxContains=number allOf=[schema]
    anyOf=[schema] oneOf=[schema] not=schema if=schema then=schema else=schema
    dependentSchemas={{schema}} dependentRequired=any unevaluatedItems=schema
    unevaluatedProperties=schema readOnly=flag writeOnly=flag deprecated=flag example=any
    examples=any discriminator=any xml=any externalDocs=any contentEncoding=text
    contentMediaType=text contentSchema=schema $schema=text $id=text $anchor=text
    $dynamicAnchor=text $dynamicRef=text $ref=text $defs={{schema}} $comment=text
    $vocabulary=any"""
)
_METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]

VERSION_3: Table = {
    "document": _fields(
        """openapi!=any info!=info paths=paths servers=[server] components=components
        security=[requirement] tags=any externalDocs=any webhooks=any jsonSchemaDialect=text"""
    ),
    "info": _fields(
        """title!=text version!=text description=text summary=text termsOfService=text
        contact=any license=any"""
    ),
    "server": _fields("url!=text description=text variables={variable} name=text"),
    "variable": _fields("default!=text enum=[text] description=text"),
    "components": _fields(
        """schemas={schema} responses={response} parameters={parameter} examples=any
        requestBodies={requestBody} headers=any securitySchemes={securityScheme} links=any
        callbacks=any pathItems={path}"""
    ),
    "path": {
        **_fields("""$ref=text summary=text description=text servers=[server]
            parameters=[parameter]"""),
        **dict.fromkeys(_METHODS, "operation"),
    },
    "operation": _fields(
        """tags=any summary=text description=text externalDocs=any operationId=text
        parameters=[parameter] requestBody=requestBody responses=responses callbacks=any
        deprecated=flag security=[requirement] servers=[server]"""
    ),
    "parameter": _fields(
        """name!=text in!=text description=text required=flag deprecated=flag
        allowEmptyValue=flag style=text explode=flag allowReserved=flag schema=schema
        example=any examples=any content={media}"""
    ),
    "requestBody": _fields("content!={media} description=text required=flag"),
    "media": _fields("schema=schema example=any examples=any encoding=any"),
    "response": _fields("description!=text headers=any content={media} links=any"),
    "securityScheme": _fields(
        """type!=text description=text name=text in=text scheme=text bearerFormat=text
        flows=any openIdConnectUrl=text"""
    ),
    "schema": SCHEMA,
}

VERSION_2: Table = {
    "document": _fields(
        """swagger!=any info!=info paths!=paths host=text basePath=text schemes=[text]
        consumes=[text] produces=[text] definitions={schema} parameters={parameter}
        responses={response} securityDefinitions={securityScheme} security=[requirement]
        tags=any externalDocs=any"""
    ),
    "info": VERSION_3["info"],
    "path": {
        **_fields("$ref=text parameters=[parameter]"),
        **dict.fromkeys(_METHODS[:-1], "operation"),
    },
    "operation": _fields(
        """tags=any summary=text description=text externalDocs=any operationId=text
        consumes=[text] produces=[text] parameters=[parameter] responses!=responses
        schemes=[text] deprecated=flag security=[requirement]"""
    ),
    "parameter": _fields(
        f"""{_LIMITS} name!=text in!=text description=text required=flag schema=schema
        type=any allowEmptyValue=flag items=any collectionFormat=text"""
    ),
    "response": _fields("description!=text schema=schema headers=any examples=any"),
    "securityScheme": _fields(
        """type!=text description=text name=text in=text flow=text authorizationUrl=text
        tokenUrl=text scopes=any"""
    ),
    "schema": SCHEMA,
}

#: Texts that are one of a few, by object and field.
CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("parameter", "in"): ("query", "header", "path", "cookie", "body", "formData"),
    ("securityScheme", "in"): ("query", "header", "cookie"),
}
#: The types of values, and ``file``, which OpenAPI 2.0 knows besides.
TYPES = ("string", "number", "integer", "boolean", "array", "object", "null", "file")
