sailors = context.get("sailors") or []
result = {
    "asked": context["asked"],
    "initials": [initials(row["fullName"] or "") for row in sailors],
    "port": context["port"] != "",
    "ship": context["ship"]["shipName"],
}
