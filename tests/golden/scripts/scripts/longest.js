const byLength = (one, two) => two.length - one.length
var result = [...context.ships].sort(byLength)[0]
