-- Requires by a name that climbs.
-- stock: prints ESCAPED
-- held: module '..outside' not found

package = rawget(_G, "package") or {}
package.path = "?.lua"
package.searchers = package.searchers or {}
if package.searchpath then
  print(package.searchpath("../outside", "?.lua", "") and "ESCAPED")
end
require "..outside"
