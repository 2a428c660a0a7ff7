-- Finds the libraries that the environment does not have.
-- stock: prints SECRET
-- held: 'package' was never set

print(package.loaded.io.open("../secret.txt"):read "a")
