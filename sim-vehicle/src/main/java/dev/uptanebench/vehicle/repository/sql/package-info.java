/**
 * The inventory in a relational database: SQLite in one file, or PostgreSQL. Every method of the inventory is one
 * transaction. What devices say is stored so that no text of theirs can upset a database.
 */
@NullMarked
package dev.uptanebench.vehicle.repository.sql;

import org.jspecify.annotations.NullMarked;
