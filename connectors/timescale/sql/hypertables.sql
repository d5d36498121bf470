-- One day a chunk: a province pings well under a million times a day, so the live chunk's indexes stay in memory.
SELECT create_hypertable('nhip.health_event', 'time', chunk_time_interval => interval '1 day',
                         create_default_indexes => false, if_not_exists => true);
