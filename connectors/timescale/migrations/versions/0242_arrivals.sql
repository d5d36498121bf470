-- What came in by each flow (streams/arrivals.py) in spans of five minutes, as the ticker counted it. A span in which it was
-- away, or behind, is missing. `usual`: no holiday, and every system that carries it answered.
CREATE TABLE nhip.arrival (
    at    timestamptz NOT NULL,
    flow  text NOT NULL,
    n     bigint NOT NULL,
    usual boolean NOT NULL,
    PRIMARY KEY (at, flow)
);

-- What is usual at an hour of the week, from 0, Monday's first: median and MAD of so many weeks.
CREATE TABLE nhip.usual_arrival (
    flow   text NOT NULL,
    hour   int NOT NULL,
    weeks  int NOT NULL,
    median double precision NOT NULL,
    mad    double precision NOT NULL,
    PRIMARY KEY (flow, hour)
);

CREATE VIEW board.arrival AS SELECT at, flow, n, usual FROM nhip.arrival;
CREATE VIEW board.usual_arrival AS SELECT flow, hour, weeks, median, mad FROM nhip.usual_arrival;
