export const template = `name: team
description: What this team wants to be stopped, masked or noted.

rules:
  - id: prompt-injection
    description: Texts that try to take over the model.
    when:
      detector: injection
      category: [injection, jailbreak]
      preset: balanced
      provenance: [user, tool, tool_definition]
      direction: request
    then: block
    message: The request contains an attempt to override the instructions of the model.

  - id: secrets
    when:
      detector: secrets
      score: 0.8
    then: block
    message: The text contains a credential. Remove it, and rotate it if it is real.

  - id: card-and-ssn
    when:
      detector: pii
      category: [credit_card, us_ssn]
      score: 0.6
      direction: request
    then: mask
    style: placeholder
`;
