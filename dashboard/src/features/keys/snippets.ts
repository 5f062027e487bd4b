import { gatewayUrl } from "@/shared/lib/base";

const shell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The same first request in three languages. Names and keys are written as literals of each. */
export function snippets(key: string, model: string) {
  const base = `${gatewayUrl}/v1`;
  const body = JSON.stringify({ model, messages: [{ role: "user", content: "Hello" }] });
  const quoted = JSON.stringify(model);
  return [
    {
      name: "curl",
      text: `curl ${base}/chat/completions \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/json' \\
  -d ${shell(body)}`,
    },
    {
      name: "Python",
      text: `from openai import OpenAI

client = OpenAI(base_url="${base}", api_key="${key}")
answer = client.chat.completions.create(
    model=${quoted},
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.choices[0].message.content)`,
    },
    {
      name: "TypeScript",
      text: `import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${base}", apiKey: "${key}" });
const answer = await client.chat.completions.create({
  model: ${quoted},
  messages: [{ role: "user", content: "Hello" }],
});
console.log(answer.choices[0].message.content);`,
    },
  ];
}
