using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>How the options of a model were found on its training rows. Its losses are no performance: the best of many is flattered.</summary>
/// <param name="Measure">What held-out rows were judged by.</param>
/// <param name="Folds">Inner folds that were used; less than 2 where none were possible, and the options are then their defaults.</param>
/// <param name="Options">The searched options at the best point, as a study would write them.</param>
/// <param name="Loss">Of the best point; null where nothing was judged.</param>
/// <param name="Evaluations">All points that were judged, in order.</param>
public sealed record TuningRecord(
    string Tuner, string Measure, int Folds, int Repeats, JsonElement Options, double? Loss, IReadOnlyList<TuningEvaluation> Evaluations)
{
    private const int MostEvaluations = 10_000;

    internal object ToJson() => new
    {
        tuner = Tuner,
        measure = Measure,
        folds = Folds,
        repeats = Repeats,
        options = Options,
        loss = Loss,
        evaluations = Evaluations.Select(e => new { options = e.Options, loss = e.Loss }).ToArray(),
    };

    internal static TuningRecord Read(JsonElement json)
    {
        var evaluations = PlainJson.Array(json, "evaluations");
        if (evaluations.GetArrayLength() > MostEvaluations)
            throw PlainJson.Invalid("evaluations", "is longer than any search");
        return new(
            PlainJson.Text(json, "tuner"),
            PlainJson.Text(json, "measure"),
            ReadCount(json, "folds"),
            ReadCount(json, "repeats"),
            ReadOptions(json),
            ReadLoss(json),
            [.. evaluations.EnumerateArray().Select(e => new TuningEvaluation(ReadOptions(e), ReadLoss(e)))]);
    }

    internal static double? ReadLoss(JsonElement json) =>
        PlainJson.Property(json, "loss").ValueKind is JsonValueKind.Null ? null : PlainJson.Number(json, "loss");

    internal static int ReadCount(JsonElement json, string name) => PlainJson.Number(json, name) is var number && number >= 0 && number <= int.MaxValue && number == Math.Floor(number)
        ? (int)number
        : throw PlainJson.Invalid(name, "is not a count");

    private static JsonElement ReadOptions(JsonElement json)
    {
        var options = PlainJson.Property(json, "options");
        if (options.ValueKind is not JsonValueKind.Object)
            throw PlainJson.Invalid("options", "is not a map");
        foreach (var option in options.EnumerateObject())
        {
            if (option.Value.ValueKind is JsonValueKind.Number)
                _ = PlainJson.Number(options, option.Name);
            else if (option.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.True or JsonValueKind.False))
                throw PlainJson.Invalid("options", "holds something that is no value of an option");
        }
        return options.Clone();
    }
}

/// <summary>A point that was judged.</summary>
/// <param name="Loss">Less is better; null where the model could not be fitted.</param>
public sealed record TuningEvaluation(JsonElement Options, double? Loss);
