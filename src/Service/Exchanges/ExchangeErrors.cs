using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Exchanges;

internal static class ExchangeErrors
{
    public static BadInputException Missing(string id) => new(
        "exchange.missing", $"There is no exchange '{id}'; list the exchanges for what there is.", id);

    /// <summary>A model that gives training rows away, without consent.</summary>
    public static BadInputException HoldsRows(string model) => new(
        "exchange.model-holds-rows",
        $"The model {model} holds values of training cases, or what they can be put together from, as nearest neighbours, radial support vectors and forests do; consent to that, or make a model that holds none.",
        model);

    /// <summary>A command that the rules refuse.</summary>
    public static BadInputException NotNow(Exchange exchange, string refusal) => new(
        "exchange.not-now", $"The exchange {exchange.Id} {refusal}; this cannot be done now.", exchange.Id);

    public static BadInputException Over(Exchange exchange, string what) => new(
        "exchange.over", $"The time of the exchange {exchange.Id} is over: {what}.", exchange.Id);

    /// <summary>A failure as the owner may read it: its message may name a case, and stays with the partner.</summary>
    public static ExchangeReason ForOwner(Failure failure, string text) => new(failure.Code, text);
}
