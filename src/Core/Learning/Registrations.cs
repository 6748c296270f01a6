using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>A transform or selector of the registry: its entry, how it is made from options, how its fit is read back.</summary>
internal sealed record TransformRegistration(
    RegistryEntry Entry, Func<OptionValues, ITransformLearner> Create, Func<JsonElement, IFittedTransform> Read);

/// <summary>A model of the registry.</summary>
internal sealed record ModelRegistration(RegistryEntry Entry, Func<OptionValues, IModelLearner> Create, Func<JsonElement, IFittedModel> Read);

/// <summary>An answer to imbalance.</summary>
internal sealed record BalanceRegistration(RegistryEntry Entry, Func<OptionValues, IRowBalancer> Create);
