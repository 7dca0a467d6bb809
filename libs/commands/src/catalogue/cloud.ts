import type { Indicator } from './port.ts';

export const cloud: readonly Indicator[] = [
  {
    id: 'cloud-watch-off',
    family: 'defence-evasion',
    techniques: ['T1562.008'],
    weight: 0.6,
    says: 'switches off what a cloud account records',
    programs: ['aws', 'az', 'gcloud', 'gsutil'],
    when: ({ text }) =>
      /cloudtrail\s+(?:delete-trail|stop-logging|put-event-selectors)|guardduty\s+(?:delete-detector|update-detector)|ec2\s+delete-flow-logs|logs\s+delete-log-(?:group|stream)|configservice\s+(?:delete|stop)|monitor\s+diagnostic-settings\s+delete|monitor\s+log-profiles\s+delete|eventhubs\s+eventhub\s+delete|logging\s+sinks\s+(?:delete|update)/.test(
        text,
      ),
  },
  {
    id: 'cloud-rights-given',
    family: 'accounts',
    techniques: ['T1098.001', 'T1136.003'],
    weight: 0.45,
    says: 'makes credentials or gives full rights in a cloud account',
    programs: ['aws', 'az', 'gcloud'],
    when: ({ text }) =>
      /iam\s+(?:create-access-key|create-login-profile|update-assume-role-policy|create-user\b)|AdministratorAccess|service-accounts\s+keys\s+create|role\s+assignment\s+create.*(?:Owner|Contributor)|ad\s+(?:user\s+create|sp\s+credential\s+reset|app\s+credential\s+reset)|add-iam-policy-binding.*roles\/owner/.test(
        text,
      ),
  },
  {
    id: 'cloud-accounts-listed',
    family: 'discovery',
    techniques: ['T1580', 'T1087.004'],
    weight: 0.2,
    says: 'lists what a cloud account holds',
    programs: ['aws'],
    when: ({ text }) =>
      /sts\s+get-caller-identity|iam\s+(?:list-users|get-account-authorization-details)|ec2\s+describe-instances|s3api\s+list-buckets|secretsmanager\s+list-secrets/.test(
        text,
      ),
  },
  {
    id: 'cloud-instance-with-start-script',
    family: 'persistence',
    techniques: ['T1578.002'],
    weight: 0.2,
    says: 'starts machines in a cloud account with a script of its own',
    programs: ['aws'],
    when: ({ text }) => /ec2\s+run-instances.*--user-data/.test(text),
  },
];
