-- These migrations were changed so that the owner of the database need not be a superuser; what they make is the same.
-- A database that was made before knows them by the checksum they had then.
DO $$
BEGIN
  IF to_regclass('flyway_schema_history') IS NOT NULL THEN
    UPDATE flyway_schema_history h SET checksum = known.now
    FROM (VALUES
      ('0002', 1970950266, 1845671293),
      ('0005', -225122068, -416201669),
      ('0006', 1998458031, 1648495246)) AS known (version, before, now)
    WHERE h.version = known.version AND h.checksum = known.before;
  END IF;
END $$;
