-- Requires a file above the working folder, through a link in it.
-- stock: prints ESCAPED
-- held: this script may not read 'linked/outside.lua'

package = rawget(_G, "package") or {}
package.path = "./?.lua"
require "linked.outside"
