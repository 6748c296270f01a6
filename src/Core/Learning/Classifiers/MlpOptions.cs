using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>How the weights of a network are found; all use the gradient of all rows at once.</summary>
internal enum MlpSolver
{
    /// <summary>Limited-memory BFGS.</summary>
    Lbfgs,
    Adam,

    /// <summary>Gradient descent with momentum.</summary>
    Sgd,
}

/// <summary>Validated options of the multilayer perceptron.</summary>
/// <param name="Relu">max(0, x) instead of tanh.</param>
/// <param name="Decay">Half of it times the sum of squared weights, biases aside, is added to the mean loss of a row.</param>
/// <param name="Momentum">Of <see cref="MlpSolver.Sgd"/> alone.</param>
/// <param name="ValidationFraction">
/// Of the subjects, held out for early stopping: one of as many folds as come nearest to it, at most as many as the rarer class has subjects.
/// </param>
/// <param name="Patience">Epochs without a lesser loss of the held-out rows after which training stops.</param>
internal sealed record MlpOptions(
    int HiddenUnits,
    int HiddenLayers,
    bool Relu,
    double Decay,
    MlpSolver Solver,
    double LearningRate,
    double Momentum,
    int Epochs,
    bool EarlyStopping,
    double ValidationFraction,
    int Patience)
{
    public const string RegistryName = "mlp";

    public static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Model, "Multilayer perceptron trained by back-propagation on standardised columns; of survival times by Cox's partial likelihood.",
    [
        new("hidden_units", OptionType.Integer, 8, 1, 512, null, "Units of each hidden layer.") { Search = new(2, 32, Logarithmic: true) },
        new("hidden_layers", OptionType.Integer, 1, 1, 4, null, "Hidden layers."),
        new("activation", OptionType.String, "tanh", null, null, ["tanh", "relu"], "What a hidden unit makes of its sum."),
        new("decay", OptionType.Number, 0.05, 0, 100, null, "Weight decay: the mean loss of a row is penalised by half of it times the sum of squared weights.")
        {
            Search = new(1e-3, 1, Logarithmic: true),
        },
        new("solver", OptionType.String, "lbfgs", null, null, ["lbfgs", "adam", "sgd"], "Quasi-Newton, adaptive moments, or gradient descent with momentum; on all rows at once."),
        new("learning_rate", OptionType.Number, 0.01, 1e-6, 10, null, "Step of adam and sgd."),
        new("momentum", OptionType.Number, 0.9, 0, 0.999, null, "Momentum of sgd."),
        new("epochs", OptionType.Integer, 200, 1, 100_000, null, "Passes over the rows at most."),
        new("early_stopping", OptionType.Boolean, false, null, null, null, "Stop where patients held out are predicted worse again, and keep the best weights."),
        new("validation_fraction", OptionType.Number, 0.2, 0.05, 0.5, null, "Share of the patients held out for early stopping."),
        new("patience", OptionType.Integer, 10, 1, 10_000, null, "Epochs without improvement before early stopping."),
    ]);

    public static MlpOptions From(OptionValues options) => new(
        options.Integer("hidden_units"),
        options.Integer("hidden_layers"),
        options.String("activation") == "relu",
        options.Number("decay"),
        options.String("solver") switch
        {
            "adam" => MlpSolver.Adam,
            "sgd" => MlpSolver.Sgd,
            _ => MlpSolver.Lbfgs,
        },
        options.Number("learning_rate"),
        options.Number("momentum"),
        options.Integer("epochs"),
        options.Boolean("early_stopping"),
        options.Number("validation_fraction"),
        options.Integer("patience"));
}
