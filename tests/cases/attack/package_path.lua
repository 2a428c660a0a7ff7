-- Widens where modules are searched.
-- stock: prints ESCAPED
-- held: 'package' was never set

package.path = "../?.lua;" .. package.path
require "outside"
