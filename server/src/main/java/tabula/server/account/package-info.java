/** Who somebody is: accounts, their names, passwords and tokens. */
@NullMarked
package tabula.server.account;

import org.jspecify.annotations.NullMarked;
