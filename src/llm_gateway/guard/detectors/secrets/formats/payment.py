"""Payment, commerce and exchanges."""

from llm_gateway.guard.detectors.secrets.formats.format import Format, named

FORMATS = (
    Format("stripe_key", "(sk|rk)_(live|test|prod)_<w10->", "Stripe", "k_"),
    Format("stripe_webhook_secret", "whsec_<s24->", "Stripe, Svix", "whsec_"),
    Format("square_token", "sq0(atp|idp)-<b22>", "Square", "sq0"),
    Format("square_secret", "sq0csp-<b43>", "Square", "sq0csp-"),
    Format("square_token", "EAAA<b60>", "Square", "eaaa"),
    Format(
        "paypal_token", "access_token$(production|sandbox)$<l16>$<h32>", "PayPal Braintree", "access_token$"
    ),
    Format("paypal_token", "A21AA<b80-92>", "PayPal", "a21aa"),
    Format("shopify_token", "shp(at|ca|pa|ss)_<x32>", "Shopify", "shp"),
    Format("shippo_token", "shippo_(live|test)_<h40>", "Shippo", "shippo_"),
    Format("easypost_key", "EZ(AK|TK)<w54>", "EasyPost", "~ez[at]k"),
    Format(
        "plaid_token", "access-(sandbox|development|production)-<h8>-<h4>-<h4>-<h4>-<h12>", "Plaid", "access-"
    ),
    Format("flutterwave_key", "FLW(SECK|PUBK)(_TEST|)-<w32>-X", "Flutterwave", "flw"),
    Format("razorpay_key", "rzp_(live|test)_<w14>", "Razorpay", "rzp_"),
    Format("paystack_key", "sk_(live|test)_<h40>", "Paystack", "sk_"),
    Format("adyen_key", "AQE<s40->-<s40->=-<b16>", "Adyen", "aqe"),
    Format("gocardless_token", "live_<b40>", "GoCardless", "live_", weak=True),
    Format("lob_key", "(live|test)_<h35>", "Lob", "~(?:live|test)_[0-9a-f]{35}", weak=True),
    Format("duffel_token", "duffel_(live|test)_<b43>", "Duffel", "duffel_"),
    Format("mollie_key", "(live|test)_<w30>", "Mollie", "~(?:live|test)_[a-z0-9]{30}", weak=True),
    Format("paddle_key", "pdl_(live|sdbx)_apikey_<l26>_<w22>_<w3>", "Paddle", "pdl_"),
    Format("sumup_key", "sup_(sk|pk)_<w32>", "SumUp", "sup_"),
    Format("checkout_key", "sk_(sbox_|)<l26>", "Checkout.com", "sk_", weak=True),
    Format(
        "coinbase_secret",
        "organizations/<h8>-<h4>-<h4>-<h4>-<h12>/apiKeys/<h8>-<h4>-<h4>-<h4>-<h12>",
        "Coinbase",
        "/apikeys/",
    ),
    named("coinbase_token", "<b64>", "Coinbase", "coinbase"),
    named("binance_key", "<w64>", "Binance", "binance"),
    named("kraken_key", "<s56>", "Kraken", "kraken"),
    named("kraken_secret", "<s86>==", "Kraken", "kraken"),
    named("bittrex_key", "<l32>", "Bittrex", "bittrex"),
    named("etsy_key", "<l24>", "Etsy", "etsy"),
)
