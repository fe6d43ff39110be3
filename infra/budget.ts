import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Stage } from './stage.ts';

/**
 * A month's bill of the account: somebody is told at four fifths of it, and as soon as it is foreseen that it will not do.
 * Of the whole account, since a filter by tag counts nothing until somebody activates the tag for cost allocation.
 */
export const budget = (scope: Construct, stage: Stage): void => {
  const { alarmMail: address } = stage;
  if (stage.budget === undefined || address === undefined) return;
  const tell = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
    notification: {
      notificationType,
      comparisonOperator: 'GREATER_THAN',
      threshold,
      thresholdType: 'PERCENTAGE',
    },
    subscribers: [{ subscriptionType: 'EMAIL', address }],
  });
  new CfnBudget(scope, 'Month', {
    budget: {
      budgetName: stage.prefix,
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: stage.budget, unit: 'USD' },
    },
    notificationsWithSubscribers: [tell('ACTUAL', 80), tell('FORECASTED', 100)],
  });
};

/** Sends every topic of alarms there is to the stage's address; comes after whoever makes them. */
export const alarmMail = (scope: Construct, stage: Stage): void => {
  const { alarmMail: endpoint } = stage;
  if (endpoint === undefined) return;
  for (const topic of Stack.of(scope)
    .node.findAll()
    .filter((one) => one instanceof Topic))
    new CfnSubscription(scope, `Mail ${topic.node.id}`, {
      topicArn: topic.topicArn,
      protocol: 'email',
      endpoint,
    });
};
