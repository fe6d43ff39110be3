const absent = (): never => {
  throw new Error(
    'event streams are left out of bundles; take them out of infra/constructs/lean to use them',
  );
};

/** Stands for `@smithy/core/event-streams`: none of the operations we call streams events. */
export const EventStreamSerde = absent;
export const eventStreamSerdeProvider = absent;
export const resolveEventStreamSerdeConfig = <Config>(config: Config): Config => config;
