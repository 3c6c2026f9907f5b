ships = sorted(context["ships"], key=length, reverse=True)
limit = context.get("limit", 10)
result = {
    "rows": [{"name": s["name"], "size": length(s) * context["factor"]} for s in ships[:limit]],
    "note": context.get("note", ""),
}
