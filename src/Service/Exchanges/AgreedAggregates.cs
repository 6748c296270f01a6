namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>A figure with its interval, to three decimals; the interval is null where there is none.</summary>
/// <param name="Measure">One of <see cref="AggregateMaker.PerformanceMeasures"/> or <see cref="AggregateMaker.CalibrationMeasures"/>.</param>
public sealed record AgreedEstimate(string Measure, double Value, double? Low, double? High, double? Level);

/// <summary>Neighbouring cases by predicted probability, at least the smallest count of events and of non-events among them.</summary>
public sealed record AgreedCalibrationGroup(int Cases, double MeanPredicted, double Observed, double Low, double High, double Level);

/// <param name="PredictorSet">As the model file names it, likewise <paramref name="Model"/>.</param>
/// <param name="CalibrationGroups">Empty where calibration is not agreed, or the cases do not make two groups.</param>
public sealed record AgreedModel(
    string PredictorSet, string Model, IReadOnlyList<AgreedEstimate> Estimates, IReadOnlyList<AgreedCalibrationGroup> CalibrationGroups);

/// <param name="Events">Null where the events or the non-events are few.</param>
/// <param name="NotAnalysedAtLeast">Cases let in but not analysed, rounded down to a multiple of the smallest count.</param>
public sealed record AgreedCounts(int Cases, int? Events, int NotAnalysedAtLeast);

/// <summary>
/// <c>aggregates.json</c>: all that an owner gets of a partner's cohort. Every text in it is the owner's own or this program's, never the
/// partner's: names come from the model file, measures from a fixed list, sentences from this code.
/// </summary>
/// <param name="Counts">Null where counts are not agreed, or the cases are few.</param>
/// <param name="Withheld">What is not here that could be, and why, in sentences.</param>
public sealed record AgreedAggregates(
    int Schema, string Exchange, int Submission, string Partner, ExchangeModel Model, string Endpoint, ExchangeTerms Terms,
    IReadOnlyList<AgreedModel> Models, AgreedCounts? Counts, IReadOnlyList<string> Withheld)
{
    public const string FileName = "aggregates.json";
    public const int CurrentSchema = 1;
}
