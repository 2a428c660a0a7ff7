-- Widens where modules are searched.
-- stock: prints ESCAPED
-- held: attempt to index a nil value (global 'package')

package.path = "../?.lua;" .. package.path
require "outside"
