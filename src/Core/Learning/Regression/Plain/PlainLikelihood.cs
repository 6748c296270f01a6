namespace RadiogenomicsCloud.Learning;

/// <summary>A log likelihood that is concave in its parameters.</summary>
internal abstract class PlainLikelihood
{
    public abstract int Dimension { get; }

    /// <summary>The parameters of the model without predictors, where the climb begins.</summary>
    public abstract double[] Null();

    public abstract double LogLikelihood(double[] parameters);

    /// <summary>Gradient and information (negative second derivatives) at the parameters.</summary>
    public abstract (double[] Gradient, double[,] Information) Derivatives(double[] parameters);
}

/// <summary>Logistic and multinomial regression against a reference class; parameters are intercept and weights of each other class.</summary>
/// <param name="columns">One array of rows a column.</param>
/// <param name="classes">Of each row, 0 for the reference.</param>
/// <param name="weights">Of mean 1.</param>
internal sealed class CategoricalLikelihood(double[][] columns, int[] classes, int classCount, double[] weights) : PlainLikelihood
{
    private readonly double[] scores = new double[classCount];

    private int Terms => columns.Length + 1;

    public override int Dimension => Terms * (classCount - 1);

    public override double[] Null()
    {
        var shares = new double[classCount];
        for (var i = 0; i < classes.Length; i++)
            shares[classes[i]] += weights[i];
        var parameters = new double[Dimension];
        for (var k = 1; k < classCount; k++)
            parameters[(k - 1) * Terms] = Math.Log(shares[k] / shares[0]);
        return parameters;
    }

    public override double LogLikelihood(double[] parameters)
    {
        var sum = 0.0;
        for (var i = 0; i < classes.Length; i++)
        {
            Score(parameters, i);
            var greatest = double.NegativeInfinity;
            foreach (var score in scores)
                greatest = Math.Max(greatest, score);
            var total = 0.0;
            foreach (var score in scores)
                total += Math.Exp(score - greatest);
            sum += weights[i] * (scores[classes[i]] - greatest - Math.Log(total));
        }
        return sum;
    }

    public override (double[] Gradient, double[,] Information) Derivatives(double[] parameters)
    {
        var gradient = new double[Dimension];
        var information = new double[Dimension, Dimension];
        for (var i = 0; i < classes.Length; i++)
        {
            Score(parameters, i);
            Softmax.Apply(scores);
            for (var k = 1; k < classCount; k++)
            {
                var residual = weights[i] * ((classes[i] == k ? 1 : 0) - scores[k]);
                for (var a = 0; a < Terms; a++)
                    gradient[((k - 1) * Terms) + a] += residual * Value(a, i);
                for (var l = 1; l <= k; l++)
                    AddProducts(information, (k - 1) * Terms, (l - 1) * Terms, weights[i] * scores[k] * ((k == l ? 1 : 0) - scores[l]), i);
            }
        }
        for (var a = 0; a < Dimension; a++)
        {
            for (var b = a + 1; b < Dimension; b++)
                information[a, b] = information[b, a];
        }
        return (gradient, information);
    }

    private void AddProducts(double[,] information, int top, int left, double weight, int row)
    {
        for (var a = 0; a < Terms; a++)
        {
            var first = weight * Value(a, row);
            var last = top == left ? a : Terms - 1;
            for (var b = 0; b <= last; b++)
                information[top + a, left + b] += first * Value(b, row);
        }
    }

    private double Value(int term, int row) => term == 0 ? 1 : columns[term - 1][row];

    private void Score(double[] parameters, int row)
    {
        scores[0] = 0;
        for (var k = 1; k < classCount; k++)
        {
            var at = (k - 1) * Terms;
            var sum = parameters[at];
            for (var a = 1; a < Terms; a++)
                sum += parameters[at + a] * columns[a - 1][row];
            scores[k] = sum;
        }
    }
}

/// <summary>Cox regression; parameters are the weights of the columns.</summary>
internal sealed class CoxLikelihood(double[][] columns, PartialLikelihood likelihood, int rows) : PlainLikelihood
{
    private readonly double[] linear = new double[rows];

    public override int Dimension => columns.Length;

    public override double[] Null() => new double[Dimension];

    public override double LogLikelihood(double[] parameters)
    {
        MoveTo(parameters);
        return likelihood.LogLikelihood();
    }

    public override (double[] Gradient, double[,] Information) Derivatives(double[] parameters)
    {
        MoveTo(parameters);
        var byRow = new double[rows];
        likelihood.Derivatives(byRow, new double[rows]);
        var gradient = new double[Dimension];
        for (var a = 0; a < gradient.Length; a++)
        {
            for (var i = 0; i < rows; i++)
                gradient[a] += byRow[i] * columns[a][i];
        }
        return (gradient, likelihood.Information(columns));
    }

    private void MoveTo(double[] parameters)
    {
        Array.Clear(linear);
        for (var a = 0; a < parameters.Length; a++)
        {
            for (var i = 0; i < rows; i++)
                linear[i] += parameters[a] * columns[a][i];
        }
        likelihood.MoveTo(linear);
    }
}
