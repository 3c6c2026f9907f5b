result = [{"code": "S", "limit": 50}, {"code": "L", "limit": 400}]
