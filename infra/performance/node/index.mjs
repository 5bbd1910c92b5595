// What the voice function does for a call's first webhook, as one writes it in Node: secret, signature, a read, a write,
// TwiML.
import { BatchGetItemCommand, DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import twilio from "twilio";

const { TABLE_NAME, TWILIO_SECRET_ID, PUBLIC_BASE_URL } = process.env;
const dynamodb = new DynamoDBClient();
const secret = await new SecretsManagerClient().send(new GetSecretValueCommand({ SecretId: TWILIO_SECRET_ID }));
const { accounts } = JSON.parse(secret.SecretString);
const read = (keys) => dynamodb.send(new BatchGetItemCommand({ RequestItems: { [TABLE_NAME]: { Keys: keys } } }));
if (process.env.WARM) await read([{ pk: { S: "warm" }, sk: { S: "warm" } }]);

export const handler = async (event) => {
  const form = Object.fromEntries(new URLSearchParams(Buffer.from(event.body, "base64").toString()));
  const genuine = (accounts[form.AccountSid]?.auth_tokens ?? []).some((token) =>
    twilio.validateRequest(token, event.headers["x-twilio-signature"], PUBLIC_BASE_URL + event.rawPath, form),
  );
  if (!genuine) return { statusCode: 403 };
  const found = await read([
    { pk: { S: `number#${form.To}` }, sk: { S: "plan" } },
    { pk: { S: `call#${form.CallSid}` }, sk: { S: "call" } },
  ]);
  const documents = found.Responses[TABLE_NAME].flatMap((item) => Object.values(item)).map((value) => value.S ?? "");
  const plan = documents.filter((text) => text.startsWith("{")).map((text) => JSON.parse(text));
  await dynamodb.send(new UpdateItemCommand({
    TableName: TABLE_NAME, Key: { pk: { S: `call#${form.CallSid}` }, sk: { S: "call" } },
    UpdateExpression: "SET document = :d", ConditionExpression: "attribute_not_exists(pk)",
    ExpressionAttributeValues: { ":d": { S: JSON.stringify({ from: form.From, started_at: new Date() }) } },
  }));
  const response = new twilio.twiml.VoiceResponse();
  response.say({ voice: "Polly.Joanna" }, `${plan.length} plan`);
  response.dial({ action: "/voice/dialled/1", answerOnBridge: true, timeout: 20 }).number("+4721000001");
  return { statusCode: 200, headers: { "content-type": "text/xml" }, body: response.toString() };
};
