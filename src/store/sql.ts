import { Prisma } from "./generated/sqlite/client.ts";

/** Composable SQL with bound values. */
export const sql = Prisma.sql;
/** Values with commas between them, one at least. */
export const listed = Prisma.join;
export type Sql = Prisma.Sql;
