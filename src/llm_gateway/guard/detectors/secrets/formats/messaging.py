"""Mail, chat, voice and push services."""

from llm_gateway.guard.detectors.secrets.formats.format import Format, named

FORMATS = (
    Format("slack_token", "xox(b|p|a|o|s|r|c|d)-<b20->", "Slack", "xox"),
    Format("slack_token", "xox(e.xox(p|b)|e)-<d1>-<b60->", "Slack", "xoxe"),
    Format("slack_app_token", "xapp-<d1>-<u9-14>-<d10-14>-<h64>", "Slack", "xapp-"),
    Format(
        "slack_webhook", "hooks.slack.com/services/T<w8-12>/B<w8-12>/<w20-26>", "Slack", "hooks.slack.com"
    ),
    Format(
        "slack_webhook",
        "hooks.slack.com/(workflows|triggers)/<w8-14>/<w8-20>/<w16->",
        "Slack",
        "hooks.slack.com",
    ),
    Format(
        "discord_webhook", "discord(app|).com/api/webhooks/<d17-20>/<b60-72>", "Discord", "/api/webhooks/"
    ),
    Format(
        "discord_token",
        "(M|N|O)<b23-27>.<b6>.<b27-40>",
        "Discord",
        "~[mno][a-z0-9_-]{23,27}[.][a-z0-9_-]{6}[.]",
    ),
    Format("telegram_token", "<d8-10>:AA<b33>", "Telegram", ":aa"),
    named("telegram_token", "<d8-10>:<b35>", "Telegram", "telegram"),
    Format(
        "teams_webhook",
        "webhook.office.com/webhookb2/<h8>-<h4>-<h4>-<h4>-<h12>@<h8>-<h4>-<h4>-<h4>-<h12>/"
        "IncomingWebhook/<h32>/<h8>-<h4>-<h4>-<h4>-<h12>",
        "Microsoft Teams",
        "webhook.office.com",
    ),
    Format(
        "teams_webhook",
        "outlook.office.com/webhook/<h8>-<h4>-<h4>-<h4>-<h12>@<h8>-<h4>-<h4>-<h4>-<h12>/"
        "IncomingWebhook/<h32>/<h8>-<h4>-<h4>-<h4>-<h12>",
        "Microsoft Teams",
        "outlook.office.com",
    ),
    Format(
        "google_chat_webhook",
        "chat.googleapis.com/v1/spaces/<b8-16>/messages?key=AIza<b35>&token=<b40->",
        "Google Chat",
        "chat.googleapis.com",
    ),
    Format("zapier_webhook", "hooks.zapier.com/hooks/catch/<d4-10>/<w5-16>", "Zapier", "hooks.zapier.com"),
    Format("twilio_key", "SK<h32>", "Twilio", "~sk[0-9a-f]{32}"),
    Format("twilio_account_sid", "AC<h32>", "Twilio", "~ac[0-9a-f]{32}"),
    named("twilio_token", "<h32>", "Twilio", "twilio"),
    Format("sendgrid_key", "SG.<b22>.<b43>", "SendGrid", "sg."),
    Format("sendinblue_key", "xkeysib-<h64>-<w16>", "Brevo", "xkeysib-"),
    Format("sendinblue_key", "xsmtpsib-<h64>-<w16>", "Brevo", "xsmtpsib-"),
    Format("mailchimp_key", "<h32>-us<d1-2>", "Mailchimp", "-us"),
    Format("mailchimp_key", "md-<b22>", "Mandrill", "md-"),
    Format("mailgun_key", "key-<h32>", "Mailgun", "key-"),
    Format("mailgun_key", "pubkey-<h32>", "Mailgun", "pubkey-"),
    Format("mailgun_key", "<h32>-<h8>-<h8>", "Mailgun", "~[0-9a-f]{32}-[0-9a-f]{8}-"),
    Format("resend_key", "re_<w8>_<w24>", "Resend", "re_"),
    Format("mailersend_token", "mlsn.<h64>", "MailerSend", "mlsn."),
    Format("hubspot_token", "pat-(na|eu|ap)<d1>-<h8>-<h4>-<h4>-<h4>-<h12>", "HubSpot", "pat-"),
    Format("telnyx_key", "KEY<b50-60>", "Telnyx", "key"),
    Format("frameio_token", "fio-u-<b64>", "Frame.io", "fio-u-"),
    Format("courier_key", "(pk|dk)_(prod|test)_<u28>", "Courier", "~[pd]k_(?:prod|test)_"),
    named("viber_token", "<h16>-<h16>-<h16>", "Viber", "viber"),
    Format("facebook_token", "EAA<w60->", "Meta", "eaa"),
    Format("instagram_token", "IGQV<b80->", "Instagram", "igqv"),
    Format("twitter_bearer", "AAAAAAAAAAAAAAAAAAAAA<p60->", "X", "aaaaaaaaaaaaaaaaaaaaa"),
    named("twitter_access_token", "<d15-20>-<w40>", "X", "twitter"),
    named("facebook_secret", "<h32>", "Meta", "facebook, fb_app, fb_api"),
    named("discord_secret", "<b32>", "Discord", "discord"),
    named("linkedin_secret", "<w16>", "LinkedIn", "linkedin"),
    named("postmark_token", "<h8>-<h4>-<h4>-<h4>-<h12>", "Postmark", "postmark"),
    named("vonage_secret", "<w16>", "Vonage", "nexmo, vonage"),
    named("messagebird_key", "<w25>", "MessageBird", "messagebird"),
    named("twitch_token", "<l30>", "Twitch", "twitch"),
)
