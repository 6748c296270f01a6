using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Learning;

/// <summary>A name of a study file's <c>select</c> or <c>models</c> list and its options as written there.</summary>
public sealed record NamedOptions(string Name, JsonElement Options);

/// <summary>
/// Everything that can be learned, by the name used in study files and model files. The study-file parser and its JSON Schema are made
/// from <see cref="Entries"/>.
/// </summary>
public static class LearningRegistry
{
    private static readonly TransformRegistration[] Transforms = [.. TransformRegistrations.All, .. SelectorRegistrations.All];

    private static readonly ModelRegistration[] Models = [.. RegressionRegistrations.All, .. TreeRegistrations.All, .. ClassifierRegistrations.All];

    /// <summary>All entries: transforms and selectors, then answers to imbalance and recalibration, then models, then tuners.</summary>
    public static IReadOnlyList<RegistryEntry> Entries { get; } =
    [
        .. Transforms.Select(t => t.Entry), .. BalanceRegistrations.All.Select(b => b.Entry), RecalibrationOptions.Entry,
        .. Models.Select(m => m.Entry), .. TunerRegistrations.All.Select(t => t.Entry),
    ];

    /// <summary>A transform or selector; unknown names and options are a <see cref="BadInputException"/> that names the nearest valid one.</summary>
    public static ITransformLearner Transform(NamedOptions named)
    {
        ArgumentNullException.ThrowIfNull(named);
        var found = Array.Find(Transforms, t => t.Entry.Name == named.Name) ?? throw Unknown(named.Name, "step", [.. Transforms.Select(t => t.Entry.Name)]);
        return found.Create(OptionValues.Read(found.Entry, named.Options));
    }

    /// <summary>
    /// A model; unknown names and options are a <see cref="BadInputException"/> that names the nearest valid one. Options that are given as a
    /// list, a range or the word <c>tune</c> are searched inside the training rows.
    /// </summary>
    /// <param name="tune">What searches; null for a random search of few points.</param>
    public static IModelLearner Model(NamedOptions named, NamedOptions? tune = null)
    {
        ArgumentNullException.ThrowIfNull(named);
        var found = Array.Find(Models, m => m.Entry.Name == named.Name) ?? throw Unknown(named.Name, "model", [.. Models.Select(m => m.Entry.Name)]);
        return Model(found, named.Options, tune);
    }

    internal static IModelLearner Model(ModelRegistration registration, JsonElement options, NamedOptions? tune)
    {
        var search = OptionSearch.Read(registration.Entry, options);
        return search.Space is null
            ? registration.Create(OptionValues.Read(registration.Entry, options))
            : new TunedModel(registration, search, tune is null ? TunerChoice.Default : TunerChoice.Of(tune));
    }

    /// <summary>A tuner for a space; unknown names and options are a <see cref="BadInputException"/> that names the nearest valid one.</summary>
    public static ITuner Tuner(NamedOptions named, SearchSpace space, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(named);
        ArgumentNullException.ThrowIfNull(space);
        return TunerChoice.Of(named).Start(space, seed);
    }

    /// <summary>
    /// The steps in order and the model. Missing values are imputed by medians first, unless the list itself imputes somewhere; only
    /// <see cref="TopVariance"/> at the beginning comes before, which judges the values that were measured, and <see cref="Encode"/>, whose
    /// codes have no median. An answer to imbalance may be anywhere in the list and acts just before the model; so may a recalibration, which
    /// takes steps, answer to imbalance and model as one.
    /// </summary>
    /// <param name="tune">What searches options of the model that are not given as single values; null for a random search of few points.</param>
    /// <exception cref="BadInputException">An unknown name or option, two answers to imbalance, or two recalibrations.</exception>
    public static ModellingPipeline Pipeline(IReadOnlyList<NamedOptions> steps, NamedOptions model, NamedOptions? tune = null)
    {
        ArgumentNullException.ThrowIfNull(steps);
        IRowBalancer[] balancers = [.. steps.Select(Balancer).OfType<IRowBalancer>()];
        if (balancers.Length > 1)
            throw new BadInputException("learning.balance", $"'{balancers[0].Name}' and '{balancers[1].Name}' both answer imbalance; keep one.", balancers[1].Name);
        RecalibrationOptions[] recalibrations = [.. steps.Where(IsRecalibration).Select(s => RecalibrationOptions.From(OptionValues.Read(RecalibrationOptions.Entry, s.Options)))];
        if (recalibrations.Length > 1)
            throw new BadInputException("learning.recalibrate", "The probabilities are recalibrated twice; keep one.", RecalibrationOptions.RegistryName);
        var learners = steps.Where(s => !IsBalancer(s) && !IsRecalibration(s)).Select(Transform).ToList();
        if (!learners.Exists(l => l is IImputation))
            learners.Insert(Math.Max(learners.TakeWhile(l => l is TopVariance).Count(), learners.FindLastIndex(l => l is Encode) + 1), new MedianImputation());
        if (recalibrations is not [var recalibration])
            return new ModellingPipeline(learners, Model(model, tune), balancers.FirstOrDefault());
        // Encoding stays outside: a pipeline without any would encode by the defaults what the inner one means to.
        var encoders = learners.Where(l => l is Encode).ToList();
        var inner = new ModellingPipeline(learners.Except(encoders).ToList(), Model(model, tune), balancers.FirstOrDefault());
        return new ModellingPipeline(encoders, new RecalibratedModel(inner, recalibration));
    }

    /// <summary>An answer to imbalance; null for another name.</summary>
    internal static IRowBalancer? Balancer(NamedOptions named) =>
        Array.Find(BalanceRegistrations.All, b => b.Entry.Name == named.Name) is { } found ? found.Create(OptionValues.Read(found.Entry, named.Options)) : null;

    private static bool IsBalancer(NamedOptions named) => Array.Exists(BalanceRegistrations.All, b => b.Entry.Name == named.Name);

    private static bool IsRecalibration(NamedOptions named) => named.Name == RecalibrationOptions.RegistryName;

    internal static IFittedTransform ReadTransform(JsonElement json)
    {
        var kind = PlainJson.Text(json, "kind");
        var found = Array.Find(Transforms, t => t.Entry.Name == kind) ?? throw UnknownKind(kind);
        return found.Read(json);
    }

    internal static IFittedModel ReadModel(JsonElement json)
    {
        var kind = PlainJson.Text(json, "kind");
        if (kind == FittedPipeline.RegistryName)
            return ReadPipeline(json);
        if (kind == FittedRecalibration.RegistryName)
            return FittedRecalibration.Read(json, ReadModel);
        var found = Array.Find(Models, m => m.Entry.Name == kind) ?? throw UnknownKind(kind);
        return found.Read(json);
    }

    internal static FittedPipeline ReadPipeline(JsonElement json)
    {
        if (PlainJson.Text(json, "kind") != FittedPipeline.RegistryName)
            throw PlainJson.Invalid("kind", "is not 'pipeline'");
        var steps = PlainJson.Array(json, "steps").EnumerateArray().Select(ReadTransform).ToArray();
        var model = ReadModel(PlainJson.Property(json, "model"));
        var available = steps.Length > 0 ? steps[0].Columns : model.Columns;
        foreach (var (needed, given) in steps.Skip(1).Select(s => (s.Inputs, s.Columns)).Append((model.Columns, model.Columns)))
        {
            if (needed.Except(available, StringComparer.Ordinal).FirstOrDefault() is { } missing)
                throw PlainJson.Invalid("columns", $"needs '{missing}', which no step before gives");
            available = given;
        }
        return new FittedPipeline(steps, model, Values.NoSubjects)
        {
            Tuning = json.TryGetProperty("tuning", out var tuning) ? TuningRecord.Read(tuning) : null,
            Choice = json.TryGetProperty("choice", out var choice) ? ChoiceRecord.Read(choice) : null,
        };
    }

    internal static BadInputException Unknown(string name, string what, IReadOnlyList<string> valid) => new(
        "learning.unknown", $"There is no {what} {CellText.Quote(name)}; {NearestName.Hint(name, valid)}.", name);

    private static BadInputException UnknownKind(string kind) => new(
        "model.unknown_kind", $"The model file uses '{(kind.Length > 60 ? kind[..60] + "…" : kind)}', which this version does not know; use the version that wrote it, or a newer one.", "kind");
}
