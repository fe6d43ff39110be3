/** The templates with another name for every table, so that several runtimes can share one DynamoDB Local. */
export const prefixTables = (templates: readonly unknown[], prefix: string): unknown[] => {
  if (prefix === '') return [...templates];
  return templates.map((template) => {
    const { Resources = {}, ...rest } = template as {
      Resources?: Record<string, { Type: string; Properties?: object }>;
    };
    return {
      ...rest,
      Resources: Object.fromEntries(
        Object.entries(Resources).map(([logicalId, resource]) => {
          if (!resource.Type.startsWith('AWS::DynamoDB::')) return [logicalId, resource];
          const { TableName = logicalId } = (resource.Properties ?? {}) as { TableName?: unknown };
          const named = { 'Fn::Join': ['', [prefix, TableName]] };
          return [logicalId, { ...resource, Properties: { ...resource.Properties, TableName: named } }];
        }),
      ),
    };
  });
};
