def length(ship):
    return ship["length"]
