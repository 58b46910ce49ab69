@NullMarked
package tabula.server.account;

import org.jspecify.annotations.NullMarked;
