-- Loads text in an environment of its own, hoping for the real globals.
-- stock: prints SECRET
-- held: 'io' was never set

local environment = load("return _G or _ENV", "=x", "t")()
print(environment.io.open("../secret.txt"):read "a")
