-- The ticker asks at every look on which systems planned work has just ended.
CREATE INDEX health_interval_planned ON nhip.health_interval (upper) WHERE planned;
