-- Finds the libraries that the environment does not have.
-- stock: prints SECRET
-- held: attempt to index a nil value (global 'package')

print(package.loaded.io.open("../secret.txt"):read "a")
