import { defineConfig } from "prisma/config";

export default defineConfig({
  schema: ".",
  // Only `prisma generate` reads this file, and it opens no database.
  datasource: { url: "file:./unused.db" },
});
