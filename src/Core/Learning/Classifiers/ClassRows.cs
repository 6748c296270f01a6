using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>A binary or multiclass endpoint as classes numbered from 0; of a binary one 0 is the reference and 1 the event.</summary>
/// <param name="Count">Of all classes, also those without a row.</param>
/// <param name="Of">The class of each row.</param>
internal sealed record ClassRows(EndpointKind Kind, int Count, int[] Of)
{
    /// <exception cref="BadInputException">Another kind of endpoint, or rows of one class alone.</exception>
    public static ClassRows From(TrainingSet training, string learner)
    {
        ClassRows classes = training.Endpoint switch
        {
            BinaryEndpoint binary => new(EndpointKind.Binary, 2, Array.ConvertAll(binary.Values, v => v ? 1 : 0)),
            MulticlassEndpoint several => new(EndpointKind.Multiclass, several.Labels.Count, several.Values),
            _ => throw Values.WrongEndpoint(training, learner, "a binary or multiclass endpoint"),
        };
        Values.RequireDifferences(training);
        return classes;
    }

    /// <summary>The classes that have rows, ascending.</summary>
    public int[] Present => [.. Of.Distinct().Order()];

    /// <summary>Predictions of rows from the probabilities of all classes, row after row.</summary>
    public static Predictions Predictions(EndpointKind kind, int classes, double[] rowMajor)
    {
        if (kind is EndpointKind.Multiclass)
            return Fitting.Predictions.Multiclass(classes, rowMajor);
        var events = new double[rowMajor.Length / 2];
        for (var r = 0; r < events.Length; r++)
            events[r] = rowMajor[(2 * r) + 1];
        return Fitting.Predictions.Binary(events);
    }
}
